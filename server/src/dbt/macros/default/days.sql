{# Renders dates between two ISO days, for macros that walk over days. #}
{% macro convert_datetime(date_str, date_fmt) %}
  {% set mistake = "The provided partition date '" ~ date_str ~ "' does not match the expected format '" ~ date_fmt ~ "'" %}
  {{ return(try_or_compiler_error(mistake, modules.datetime.datetime.strptime, date_str.strip(), date_fmt)) }}
{% endmacro %}

{% macro dates_in_range(start_date_str, end_date_str=none, in_fmt="%Y%m%d", out_fmt="%Y%m%d") %}
  {% set last = convert_datetime(end_date_str or start_date_str, in_fmt) %}
  {% set first = convert_datetime(start_date_str, in_fmt) %}
  {% if last < first %}
    {% do exceptions.raise_compiler_error("Partition start date is after the end date: " ~ start_date_str ~ " > " ~ end_date_str) %}
  {% endif %}
  {% set days = [] %}
  {% for offset in range((last - first).days + 1) %}
    {% do days.append((first + modules.datetime.timedelta(days=offset)).strftime(out_fmt)) %}
  {% endfor %}
  {{ return(days) }}
{% endmacro %}

{% macro partition_range(raw_partition_date, date_fmt="%Y%m%d") %}
  {% set bounds = (raw_partition_date | string).split(",") %}
  {% if bounds | length > 2 %}
    {% do exceptions.raise_compiler_error("Invalid partition time. Expected format: {Start Date}[,{End Date}]. Got: " ~ raw_partition_date) %}
  {% endif %}
  {{ return(dates_in_range(bounds[0], bounds[1] if bounds | length == 2 else bounds[0], in_fmt=date_fmt)) }}
{% endmacro %}

{% macro py_current_timestring() %}
  {{ return(modules.datetime.datetime.now().strftime("%Y%m%d%H%M%S%f")) }}
{% endmacro %}
