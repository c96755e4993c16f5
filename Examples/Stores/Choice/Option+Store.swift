public import ExampleSupport

extension Option where Value == StoreChoice {
    /// A store: memory unless another is named.
    ///
    /// - Parameter help: One sentence for the help text, without its full stop.
    /// - Returns: The option.
    public static func store(help: String) -> Option {
        Option(
            "store",
            placeholder: "STORE",
            help: help,
            expectation: StoreChoice.expectation,
            default: .memory,
            defaultText: StoreChoice.memory.description,
            reading: { text in StoreChoice(text).map { .success($0) } ?? .failure(.malformed) },
            showing: { $0.description }
        )
    }
}
