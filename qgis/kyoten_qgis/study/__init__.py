"""How do layers of QGIS become a `kyoten.toml` that runs without QGIS?"""
