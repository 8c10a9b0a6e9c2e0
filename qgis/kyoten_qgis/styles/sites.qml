<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
   <symbols>
    <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="color" value="204,121,167,200"/><Option type="QString" name="style" value="solid"/><Option type="QString" name="outline_color" value="40,40,40,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="0.6"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple"><settings calloutType="simple">
    <text-style fieldName='"id"' isExpression="1" fontSize="10" fontSizeUnit="Point" textColor="40,40,40,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
    </text-style>
    <placement placement="6" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" offsetType="1" dist="0.5" distUnits="MM" geometryGeneratorEnabled="1" geometryGeneratorType="PointGeometry" geometryGenerator="centroid($geometry)"/>
    <rendering drawLabels="1" obstacle="1"/>
  </settings></labeling>
</qgis>
