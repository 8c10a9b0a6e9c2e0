<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="concat(&quot;role&quot;, ' ', coalesce(&quot;status&quot;, &quot;certainty&quot;, ''))" symbollevels="1" enableorderby="0" forceraster="0">
   <categories>
    <category render="true" symbol="0" value="zone eligible" type="string" label="描いた区域：該当 eligible"/>
    <category render="true" symbol="1" value="zone prospective" type="string" label="描いた区域：見込み prospective"/>
    <category render="true" symbol="2" value="zone undetermined" type="string" label="描いた区域：判定不能 undetermined"/>
    <category render="true" symbol="3" value="zone ineligible" type="string" label="描いた区域：非該当 ineligible"/>
    <category render="true" symbol="4" value="breaking no" type="string" label="条件を満たさない部分 no"/>
    <category render="true" symbol="5" value="breaking possible" type="string" label="分からない部分 possible"/>
    <category render="true" symbol="6" value="breaking expected" type="string" label="見込みで満たす部分 expected"/>
    <category render="true" symbol="7" value="largest " type="string" label="すべて満たす最大の部分 largest"/>
   </categories>
   <symbols>
    <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="color" value="0,114,178,0"/><Option type="QString" name="style" value="no"/><Option type="QString" name="outline_color" value="0,114,178,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="1.4"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
    <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="color" value="86,180,233,0"/><Option type="QString" name="style" value="no"/><Option type="QString" name="outline_color" value="86,180,233,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="1.4"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
    <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="color" value="230,159,0,0"/><Option type="QString" name="style" value="no"/><Option type="QString" name="outline_color" value="230,159,0,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="1.4"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
    <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="color" value="40,40,40,0"/><Option type="QString" name="style" value="no"/><Option type="QString" name="outline_color" value="40,40,40,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="1.4"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
    <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="1"><Option type="Map"><Option type="QString" name="color" value="213,94,0,55"/><Option type="QString" name="style" value="solid"/><Option type="QString" name="outline_color" value="213,94,0,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="0.2"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
    <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map"><Option type="QString" name="color" value="230,159,0,0"/><Option type="QString" name="style" value="no"/><Option type="QString" name="outline_color" value="230,159,0,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="0.2"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
      <layer class="LinePatternFill" enabled="1" locked="0" pass="2"><Option type="Map"><Option type="QString" name="angle" value="45"/><Option type="QString" name="color" value="230,159,0,255"/><Option type="QString" name="distance" value="1.8"/><Option type="QString" name="distance_unit" value="MM"/><Option type="QString" name="line_width" value="0.5"/><Option type="QString" name="line_width_unit" value="MM"/></Option><symbol name="@5@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" locked="0" pass="2"><Option type="Map"><Option type="QString" name="line_color" value="230,159,0,255"/><Option type="QString" name="line_style" value="solid"/><Option type="QString" name="line_width" value="0.5"/><Option type="QString" name="line_width_unit" value="MM"/></Option></layer></symbol></layer>
    </symbol>
    <symbol name="6" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map"><Option type="QString" name="color" value="86,180,233,0"/><Option type="QString" name="style" value="no"/><Option type="QString" name="outline_color" value="86,180,233,255"/><Option type="QString" name="outline_style" value="solid"/><Option type="QString" name="outline_width" value="0.2"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
      <layer class="LinePatternFill" enabled="1" locked="0" pass="2"><Option type="Map"><Option type="QString" name="angle" value="135"/><Option type="QString" name="color" value="86,180,233,255"/><Option type="QString" name="distance" value="1.8"/><Option type="QString" name="distance_unit" value="MM"/><Option type="QString" name="line_width" value="0.5"/><Option type="QString" name="line_width_unit" value="MM"/></Option><symbol name="@6@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" locked="0" pass="2"><Option type="Map"><Option type="QString" name="line_color" value="86,180,233,255"/><Option type="QString" name="line_style" value="solid"/><Option type="QString" name="line_width" value="0.5"/><Option type="QString" name="line_width_unit" value="MM"/></Option></layer></symbol></layer>
    </symbol>
    <symbol name="7" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="3"><Option type="Map"><Option type="QString" name="color" value="0,158,115,45"/><Option type="QString" name="style" value="solid"/><Option type="QString" name="outline_color" value="0,158,115,255"/><Option type="QString" name="outline_style" value="dash"/><Option type="QString" name="outline_width" value="0.7"/><Option type="QString" name="outline_width_unit" value="MM"/><Option type="QString" name="joinstyle" value="round"/></Option></layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple"><settings calloutType="simple">
    <text-style fieldName="if(&quot;role&quot; = 'zone', coalesce(&quot;name&quot;, to_string(&quot;id&quot;)), '')" isExpression="1" fontSize="10" fontSizeUnit="Point" textColor="40,40,40,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
    </text-style>
    <placement placement="6" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" offsetType="1" dist="0.5" distUnits="MM" geometryGeneratorEnabled="1" geometryGeneratorType="PointGeometry" geometryGenerator="centroid($geometry)"/>
    <rendering drawLabels="1" obstacle="1"/>
  </settings></labeling>
</qgis>
