extension CommandRule {
    /// The rules of all contexts.
    public static let all: [CommandRule] = orders + payments + products + members + sellers + enterprises
}
