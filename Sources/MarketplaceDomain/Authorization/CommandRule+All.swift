extension CommandRule {
    /// The rules of all contexts.
    public static let all: [CommandRule] =
        carts + categories + fulfilment + orders + payments + products + returns + reviews + settlement
}
