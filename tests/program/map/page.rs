//! What a page holds, read again as its own script does.

use std::collections::BTreeMap;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::Value;

/// The data of a page by name.
pub struct Page {
    parts: BTreeMap<String, Vec<u8>>,
}

impl Page {
    pub fn read(html: &str) -> Self {
        let mut parts = BTreeMap::new();
        for element in html.split("<script type=\"text/plain\" id=\"kyoten-").skip(1) {
            let (name, rest) = element.split_once("\">").unwrap();
            let (base64, _) = rest.split_once('<').unwrap();
            // What the page brings along itself is text.
            if !matches!(name, "licences" | "worker") {
                parts.insert(name.to_owned(), STANDARD.decode(base64).unwrap());
            }
        }
        Self { parts }
    }

    pub fn names(&self) -> Vec<&str> {
        self.parts.keys().map(String::as_str).collect()
    }

    /// A part as it stands.
    pub fn bytes(&self, name: &str) -> &[u8] {
        &self.parts[name]
    }

    /// A part that is packed JSON.
    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&unpacked(&self.parts[name])).unwrap()
    }
}

pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

/// The columns of a map.
pub struct Columns<'a> {
    facts: &'a Value,
    file: &'a [u8],
}

impl<'a> Columns<'a> {
    pub fn new(facts: &'a Value, file: &'a [u8]) -> Self {
        Self { facts, file }
    }

    pub fn names(&self) -> Vec<&'a str> {
        self.list().map(|column| column["name"].as_str().unwrap()).collect()
    }

    fn list(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.facts["columns"]["list"].as_array().unwrap().iter()
    }

    /// The values of a column as the files of parcels have them.
    pub fn values(&self, name: &str) -> Vec<Value> {
        let column = self.list().find(|column| column["name"] == name).unwrap();
        let rows = self.facts["columns"]["rows"].as_array().unwrap();
        let blocks = column["blocks"].as_array().unwrap().iter().zip(rows);
        blocks.flat_map(|(place, rows)| self.block(column, place, rows.as_u64().unwrap() as usize)).collect()
    }

    fn block(&self, column: &Value, place: &Value, rows: usize) -> Vec<Value> {
        let [at, length] = [0, 1].map(|end| place[end].as_u64().unwrap() as usize);
        let bytes = unpacked(&self.file[at..at + length]);
        let kind = column["kind"].as_str().unwrap();
        if matches!(kind, "text" | "json") {
            return serde_json::from_slice(&bytes).unwrap();
        }
        let numbers = numbers(&bytes, rows);
        let value = |number: Option<f64>| match (number, kind) {
            (None, _) => Value::Null,
            (Some(place), "status") => self.facts["statuses"][place as usize]["id"].clone(),
            (Some(place), "name") => self.facts["names"][column["names"].as_str().unwrap()][place as usize].clone(),
            (Some(steps), _) => {
                let number = steps / 10_f64.powi(column["decimals"].as_i64().unwrap() as i32);
                // As JSON has it: a whole number has no point.
                serde_json::from_str(&format!("{number}")).unwrap()
            }
        };
        numbers.into_iter().map(value).collect()
    }
}

fn numbers(bytes: &[u8], rows: usize) -> Vec<Option<f64>> {
    let (width, base) = (usize::from(bytes[0]), f64::from_le_bytes(bytes[1..9].try_into().unwrap()));
    if width == 0 {
        return vec![(bytes[9] == 1).then_some(base); rows];
    }
    let code = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |code, &byte| code << 8 | u64::from(byte));
    let value = |code: u64| (code > 0).then(|| base + (code - 1) as f64);
    bytes[9..].chunks_exact(width).map(|bytes| value(code(bytes))).collect()
}
