"""How do the program's files come into the project of QGIS?"""
