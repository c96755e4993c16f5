package import ExampleStores
package import ExampleSupport

/// The options of the command.
package enum TripOptions {
    /// What is to happen.
    package static let scenario = Option.choice(
        "scenario",
        help: "What is to happen: "
            + TripScenario.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "; "),
        default: TripScenario.success
    )
    /// What the operator does.
    package static let decision = Option.choice(
        "operator",
        help: "What the operator does about a trip that is stuck: retry has the hotel's desk opened and lets the undo"
            + " be tried again, mark-compensated cancels the room on the telephone and says so, nothing leaves the"
            + " trip stuck",
        default: OperatorDecision.retry
    )
    /// The store.
    package static let store = Option.store(
        help:
            "Where the trip is journalled. A file or a server takes one trip, and keeps it: the suppliers are gone with"
            + " the process"
    )
    /// The picture of the run.
    package static let picture = Option.file(
        "picture",
        placeholder: "FILE.svg",
        help: "Writes a picture of the run to this file"
    )
    /// The timeline as JSON.
    package static let json = Option.file("json", help: "Writes the timeline as JSON to this file")
    /// Mermaid text.
    package static let mermaid = Option.flag(
        "mermaid",
        help: "Prints the saga's definition and the run as Mermaid flowcharts, too"
    )
    /// The list of sagas.
    package static let list = Option.flag("list", help: "Prints the list of the sagas in the store, too")

    /// The command.
    package static let command = CommandLineOptions(
        "trip-booking",
        summary: "books a flight, a hotel and a car as one saga, with scripted suppliers, and prints"
            + " what happened. Exits with 0 when the trip is booked, with 3 when it was refused and everything"
            + " is cancelled, with 4 when it is stuck, with 64 when an option is wrong, with 73 when a file or a"
            + " store cannot be written",
        [scenario, decision, store, picture, json, mermaid, list]
    )
}
