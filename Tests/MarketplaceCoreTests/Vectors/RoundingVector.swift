import Testing

/// A published case of rounding: a decimal value, the raw name of a mode, the whole number.
struct RoundingVector: Sendable, CustomTestStringConvertible {
    let id: String
    let value: String
    let mode: String
    let expected: Int64

    var testDescription: String { id }

    static let published = [
        RoundingVector(id: "round-001", value: "2.6", mode: "half_even", expected: 3),
        RoundingVector(id: "round-002", value: "2.5", mode: "half_even", expected: 2),
        RoundingVector(id: "round-003", value: "3.5", mode: "half_even", expected: 4),
        RoundingVector(id: "round-004", value: "-2.6", mode: "half_even", expected: -3),
        RoundingVector(id: "round-005", value: "-2.5", mode: "half_even", expected: -2),
        RoundingVector(id: "round-006", value: "-3.5", mode: "half_even", expected: -4),
        RoundingVector(id: "round-007", value: "2.5", mode: "half_odd", expected: 3),
        RoundingVector(id: "round-008", value: "3.5", mode: "half_odd", expected: 3),
        RoundingVector(id: "round-009", value: "-2.5", mode: "half_odd", expected: -3),
        RoundingVector(id: "round-010", value: "-3.5", mode: "half_odd", expected: -3),
        RoundingVector(id: "round-011", value: "2.5", mode: "half_down", expected: 2),
        RoundingVector(id: "round-012", value: "2.6", mode: "half_down", expected: 3),
        RoundingVector(id: "round-013", value: "-2.5", mode: "half_down", expected: -2),
        RoundingVector(id: "round-014", value: "-2.6", mode: "half_down", expected: -3),
        RoundingVector(id: "round-015", value: "2.2", mode: "half_up", expected: 2),
        RoundingVector(id: "round-016", value: "2.5", mode: "half_up", expected: 3),
        RoundingVector(id: "round-017", value: "-2.5", mode: "half_up", expected: -3),
        RoundingVector(id: "round-018", value: "12.50", mode: "half_down", expected: 12),
        RoundingVector(id: "round-019", value: "-12.50", mode: "half_down", expected: -12),
        RoundingVector(id: "round-020", value: "-1.5", mode: "half_up", expected: -2),
        RoundingVector(id: "round-021", value: "-8328.578947368", mode: "half_up", expected: -8329),
        RoundingVector(id: "round-022", value: "-8328.5", mode: "half_up", expected: -8329),
    ]
}
