"""Charts: a tidy frame becomes finished plotly JSON, "" where there is nothing to draw."""

from services.charts.bars import bars, dots, planned_done
from services.charts.changes import MOST_CHANGE, relative_changes
from services.charts.control import control_chart
from services.charts.coverage import reached, rounds_by_day
from services.charts.funnel import funnel
from services.charts.heat import heat_map
from services.charts.importance import importance_performance
from services.charts.intervals import beside, dot_interval
from services.charts.league import league
from services.charts.options import diverging_options
from services.charts.panels import small_multiples
from services.charts.people import against_register
from services.charts.scatter import scatter
from services.charts.stacks import stacked_counts
from services.charts.waves import wave_line

__all__ = [
    "MOST_CHANGE",
    "against_register",
    "bars",
    "beside",
    "control_chart",
    "diverging_options",
    "dot_interval",
    "dots",
    "funnel",
    "heat_map",
    "importance_performance",
    "league",
    "planned_done",
    "reached",
    "relative_changes",
    "rounds_by_day",
    "scatter",
    "small_multiples",
    "stacked_counts",
    "wave_line",
]
