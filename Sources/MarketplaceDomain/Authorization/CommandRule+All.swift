extension CommandRule {
    /// The rules of all contexts.
    public static let all: [CommandRule] =
        carts + categories + enterprises + fulfilment + members + orders + payments + products + returns
        + reviews + sellers + settlement
}
