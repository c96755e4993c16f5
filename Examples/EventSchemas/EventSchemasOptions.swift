import ExampleSupport

/// The options of the command.
enum EventSchemasOptions {
    /// In which language schemas are written.
    enum Format: String, CaseIterable {
        case json, avro
    }

    /// The language of the schemas.
    static let format = Option<Format>.choice(
        "format",
        help: "Writes JSON Schemas (draft 2020-12) or Avro schemas (1.11)",
        default: .json
    )
    /// Compares instead of writing.
    static let check = Option.flag(
        "check",
        help: "Writes nothing: compares the JSON Schemas in the folder, which an earlier release wrote, with those of"
            + " today, and lists what breaks a reader of either"
    )
    /// The folder.
    static let folder = Option.file("folder", placeholder: "DIR", help: "The folder, which is made if it is not there")

    /// The command.
    static let command = CommandLineOptions(
        "event-schemas",
        summary: "writes a schema for each kind of event on the feed into a folder, one file each. Exits with 0 when"
            + " that is done, with 1 when --check finds a break, with 64 when an option is wrong, with 66 when a file to"
            + " compare with cannot be read, with 73 when a file cannot be written",
        [format, check],
        operand: folder
    )
}
