{% materialization table, default %}{{ return(build_and_swap('table', build_plain_table)) }}{% endmaterialization %}
