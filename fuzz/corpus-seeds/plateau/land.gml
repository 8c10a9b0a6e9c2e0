<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0">
<gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"/>
<luse:LandUse gml:id="luse_1"><gen:stringAttribute name="a"><gen:value>7</gen:value></gen:stringAttribute>
<luse:class codeSpace="x">211</luse:class><luse:lod1MultiSurface><gml:Polygon>
<gml:exterior><gml:LinearRing><gml:posList>34 138 0 34 138.4 0 34.4 138.4 0 34 138 0</gml:posList></gml:LinearRing></gml:exterior>
<gml:interior><gml:LinearRing><gml:posList>34.1 138.2 0 34.1 138.3 0 34.2 138.3 0 34.1 138.2 0</gml:posList></gml:LinearRing></gml:interior>
</gml:Polygon></luse:lod1MultiSurface><uro:orgLandUse>&#x5927;</uro:orgLandUse></luse:LandUse></core:CityModel>
