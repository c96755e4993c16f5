/// A run of a saga that did not end as it must.
public struct SagaTrialFailure: Error, Hashable, CustomStringConvertible {
    /// What was done to the run.
    public let trial: String
    /// What the run must end like.
    public let expected: String
    /// How it ended.
    public let found: String

    /// All of it, on several lines.
    public var description: String {
        """
        \(trial)
          expected: \(expected)
          found:    \(found)
        """
    }
}
