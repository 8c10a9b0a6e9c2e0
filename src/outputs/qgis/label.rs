//! Labels of QGIS: an expression beside the middle of each feature, from some scale on.

use super::{FONT, escaped};
use crate::text::{Lang, Text};

/// Size of the letters in points.
const SIZE: u8 = 8;

/// What is written beside features.
#[derive(Debug, Clone)]
pub struct Label {
    /// An expression of QGIS, which may have words in it.
    pub expression: Text,
    /// The smallest scale at which it is written, as 1 : this.
    pub from_scale: u32,
}

impl Label {
    /// The element of the style. White around the letters keeps them legible on a map.
    pub(super) fn xml(&self, lang: Lang) -> String {
        let (expression, scale) = (escaped(self.expression.get(lang)), self.from_scale);
        format!(
            concat!(
                r#"<labeling type="simple"><settings calloutType="simple">"#,
                r#"<text-style fieldName="{}" isExpression="1" fontFamily="{}" fontSize="{}" fontSizeUnit="Point" "#,
                r#"textColor="40,40,40,255" textOpacity="1" multilineHeight="1">"#,
                r#"<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" "#,
                r#"bufferOpacity="1"/></text-style>"#,
                r#"<placement placement="6" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" offsetType="1" dist="0.5" "#,
                r#"distUnits="MM" geometryGeneratorEnabled="1" geometryGeneratorType="PointGeometry" "#,
                r#"geometryGenerator="centroid($geometry)"/>"#,
                r#"<rendering scaleVisibility="1" scaleMin="1" scaleMax="{}" drawLabels="1" obstacle="1"/>"#,
                r#"</settings></labeling>"#
            ),
            expression, FONT, SIZE, scale
        )
    }
}
