"""kyoten on Apache Spark: parcels of a DataFrame judged partition by partition (:func:`assess`), or whole municipalities, one a task
(:func:`run_shards`).

Apache Spark で使う: DataFrame の筆を分けて判定する :func:`assess` と、市区町村を1つずつ実行する :func:`run_shards`。
"""

from __future__ import annotations

try:
    import pyarrow as _pyarrow
    import pyspark as _pyspark
except ImportError as _error:
    raise ImportError("kyoten.spark needs PySpark and pyarrow: pip install 'kyoten[spark]'") from _error

from ._assess import assess
from ._shards import run_shards

__all__ = ["assess", "run_shards"]

del _pyarrow, _pyspark
