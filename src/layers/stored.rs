//! How do a city and what is said of its layers stand in a file? What the types themselves cannot say of it.

use std::collections::BTreeMap;

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::{Content, LayerKey};
use crate::text::kept;

/// A layer by its name, and one of one's own with its content.
impl Serialize for LayerKey {
    fn serialize<S: Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        (self.name(), self.is_own().then(|| self.kind().content)).serialize(format)
    }
}

impl<'de> Deserialize<'de> for LayerKey {
    fn deserialize<D: Deserializer<'de>>(format: D) -> Result<Self, D::Error> {
        let (name, own) = <(String, Option<Content>)>::deserialize(format)?;
        match (own, Self::named(&name)) {
            (None, Some(known)) => Ok(known),
            (Some(content @ (Content::Area | Content::Facilities)), None) => Ok(Self::own(&name, content)),
            _ => Err(D::Error::custom(format!("no layer `{name}`"))),
        }
    }
}

/// Words as keys, which are kept.
pub(super) fn kept_keys<'de, D: Deserializer<'de>>(format: D) -> Result<BTreeMap<&'static str, String>, D::Error> {
    let own = BTreeMap::<String, String>::deserialize(format)?;
    Ok(own.into_iter().map(|(key, field)| (kept(&key), field)).collect())
}

/// Units that somebody has asked for, or nobody yet.
pub(super) mod units {
    use std::sync::OnceLock;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::layers::LandUnits;

    pub(in crate::layers) fn serialize<S: Serializer>(
        units: &OnceLock<Option<LandUnits>>,
        format: S,
    ) -> Result<S::Ok, S::Error> {
        units.get().serialize(format)
    }

    pub(in crate::layers) fn deserialize<'de, D: Deserializer<'de>>(
        format: D,
    ) -> Result<OnceLock<Option<LandUnits>>, D::Error> {
        Ok(Option::<Option<LandUnits>>::deserialize(format)?.map(OnceLock::from).unwrap_or_default())
    }
}

/// A file as its reader saw it, as far as a run tells of it: what its CRS and columns were is settled.
pub(super) mod source {
    use std::path::PathBuf;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::inputs::{Fingerprint, SourceFile};
    use crate::text::Text;

    #[derive(Serialize, Deserialize)]
    struct Stored {
        path: PathBuf,
        format: Text,
        sha256: String,
        encoding: Option<Text>,
        features: usize,
    }

    pub(in crate::layers) fn serialize<S: Serializer>(source: &SourceFile, format: S) -> Result<S::Ok, S::Error> {
        let SourceFile { path, sha256, encoding, features, .. } = source.clone();
        Stored { path, format: source.format.clone(), sha256: sha256.hex().to_owned(), encoding, features }
            .serialize(format)
    }

    pub(in crate::layers) fn deserialize<'de, D: Deserializer<'de>>(format: D) -> Result<SourceFile, D::Error> {
        let Stored { path, format, sha256, encoding, features } = Stored::deserialize(format)?;
        Ok(SourceFile {
            path,
            format: format.kept(),
            sha256: Fingerprint::known(sha256),
            crs: None,
            encoding,
            features,
            axes: None,
        })
    }
}
