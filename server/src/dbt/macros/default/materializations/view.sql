{% materialization view, default %}{{ return(build_and_swap('view', get_create_view_as_sql)) }}{% endmaterialization %}
