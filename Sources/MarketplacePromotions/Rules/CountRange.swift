/// A range of whole numbers, bounds included; a missing bound is no bound.
public struct CountRange: Sendable, Hashable {
    /// The least number that is in it.
    public var atLeast: Int?
    /// The greatest number that is in it.
    public var atMost: Int?

    /// A range of numbers.
    public init(atLeast: Int? = nil, atMost: Int? = nil) {
        self.atLeast = atLeast
        self.atMost = atMost
    }

    /// From a number on.
    public static func atLeast(_ number: Int) -> CountRange { CountRange(atLeast: number) }
    /// Up to a number.
    public static func atMost(_ number: Int) -> CountRange { CountRange(atMost: number) }
    /// One number alone.
    public static func exactly(_ number: Int) -> CountRange { CountRange(atLeast: number, atMost: number) }

    func contains(_ number: Int) -> Bool {
        (atLeast.map { $0 <= number } ?? true) && (atMost.map { number <= $0 } ?? true)
    }
}
