//! A project of what Python says: a path, a dict, and what is said otherwise for this time.

use std::path::{Path, PathBuf};

use kyoten::discovery;
use kyoten::project::{LayerTable, Project, not_a_table};
use kyoten::text::{Lang, Text};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use toml::{Table, Value};

use crate::errors::Failed;
use crate::tables::{GivenTable, TableArgument};

/// A project as Python says it.
#[derive(FromPyObject)]
pub struct ProjectArgument<'py>(Option<PathBuf>, Bound<'py, PyDict>, Vec<TableArgument>);

/// The same, ready to be opened on any thread.
pub struct GivenProject {
    /// The project file or its folder.
    path: Option<PathBuf>,
    /// What stands in the place of what the file says; all of it where there is no file.
    settings: Table,
    tables: Vec<GivenTable>,
}

impl ProjectArgument<'_> {
    pub fn given(self) -> PyResult<GivenProject> {
        let Self(path, settings, tables) = self;
        let tables = tables.into_iter().map(TableArgument::given).collect::<PyResult<_>>()?;
        Ok(GivenProject { path, settings: table(&settings)?, tables })
    }
}

impl GivenProject {
    /// Opens it, and reads its tables.
    pub fn open(self) -> Result<Project, Failed> {
        let Self { path, settings, tables } = self;
        let mut project = match path {
            None => Project::parse(&settings.to_string(), Path::new("(dict)"))?,
            Some(path) => of_path(&path, settings)?,
        };
        for given in tables {
            let of = match given.of.as_str() {
                "prospective" => LayerTable::Expected,
                "scenario" => LayerTable::Supposed,
                _ => LayerTable::Today,
            };
            let layer = given.layer.clone();
            if !project.put_table(of, &layer, given.read()?) {
                return Err(Failed::one(not_a_table(&layer)));
            }
        }
        Ok(project)
    }
}

fn of_path(path: &Path, settings: Table) -> Result<Project, Failed> {
    if settings.is_empty() {
        return Ok(discovery::open(path, |_| {}).map_err(Failed::Diagnosed)?.project);
    }
    let Written { text, file, left } = text_of(path)?;
    let mut whole: Table = match text.parse() {
        Ok(table) => table,
        // What is wrong with it is said of the file as it is.
        Err(_) => return Ok(Project::open(path)?),
    };
    merge(&mut whole, settings);
    // Lines are those of the text with what was said otherwise, which is nobody's file.
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut project = Project::parse(&whole.to_string(), &file.with_file_name(format!("{name} + arguments")))?;
    project.file = file;
    project.left = left;
    Ok(project)
}

/// A project file as it is written, or as `kyoten init` would write it.
struct Written {
    text: String,
    /// Where it stands, or would.
    file: PathBuf,
    /// What of the folder is no layer, and why.
    left: Vec<(PathBuf, Text)>,
}

fn text_of(path: &Path) -> Result<Written, Failed> {
    let file = if path.is_dir() { path.join(kyoten::project::FILE_NAME) } else { path.to_owned() };
    if let Ok(text) = std::fs::read_to_string(&file) {
        return Ok(Written { text, file, left: Vec::new() });
    }
    if !path.is_dir() {
        // Which says why it cannot be read.
        let project = Project::open(path)?;
        return Ok(Written { text: String::new(), file: project.file, left: project.left });
    }
    let found = discovery::discover(path)?;
    let left = found.project().map(|project| project.left).unwrap_or_default();
    Ok(Written { text: found.project_file(Lang::En), file, left })
}

/// Puts keys in the place of others; of a layer and whatever else is no table of keys, the whole.
fn merge(whole: &mut Table, mut settings: Table) {
    if let (Some(Value::Table(known)), Some(Value::Table(said))) = (whole.get("layers"), settings.get_mut("layers")) {
        keep_id(known, said);
    }
    for (key, value) in settings {
        match (whole.get_mut(&key), value) {
            (Some(Value::Table(known)), Value::Table(value)) if key != "scenario" => known.extend(value),
            (_, value) => {
                whole.insert(key, value);
            }
        }
    }
}

/// Other parcels have their ids where those of the file have them, unless it is said where: as with `--parcels`.
fn keep_id(known: &Table, said: &mut Table) {
    let id = known.get(PARCELS).and_then(|parcels| parcels.get("id"));
    let (Some(id), Some(parcels)) = (id, said.get_mut(PARCELS)) else { return };
    if !parcels.is_table() {
        *parcels = Value::Table(Table::from_iter([("path".to_owned(), parcels.clone())]));
    }
    if let Value::Table(parcels) = parcels {
        parcels.entry("id").or_insert_with(|| id.clone());
    }
}

/// The key of the parcels.
const PARCELS: &str = "parcels";

fn table(dict: &Bound<'_, PyDict>) -> PyResult<Table> {
    let mut table = Table::new();
    for (key, value) in dict.iter().filter(|(_, value)| !value.is_none()) {
        table.insert(key.extract()?, toml(&value)?);
    }
    Ok(table)
}

/// A value of Python as one of TOML.
fn toml(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    // A truth is a whole number as well.
    if value.is_instance_of::<PyBool>() {
        return Ok(Value::Boolean(value.extract()?));
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(Value::Integer(value.extract()?));
    }
    if value.is_instance_of::<PyFloat>() {
        return Ok(Value::Float(value.extract()?));
    }
    if value.is_instance_of::<PyString>() {
        return Ok(Value::String(value.extract()?));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return Ok(Value::Table(table(dict)?));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value.try_iter()?.map(|item| toml(&item?)).collect::<PyResult<_>>().map(Value::Array);
    }
    if let Ok(path) = value.extract::<PathBuf>() {
        return Ok(Value::String(path.to_string_lossy().into_owned()));
    }
    if value.hasattr("isoformat")? {
        let day: String = value.call_method0("isoformat")?.extract()?;
        return Ok(day.parse().map_or(Value::String(day), Value::Datetime));
    }
    // Whole and other numbers of numpy.
    if value.hasattr("__index__")? {
        return Ok(Value::Integer(value.call_method0("__index__")?.extract()?));
    }
    if value.hasattr("__float__")? {
        return Ok(Value::Float(value.call_method0("__float__")?.extract()?));
    }
    let kind = value.get_type().name()?;
    Err(PyTypeError::new_err(format!("a project has no place for a value of type {kind}: {value}")))
}
