/// The seed of the random law; a test that replays a failure sets it.
public enum SearchLawSeed {
    /// The seed; nil draws one, which a violation names.
    @TaskLocal public static var value: UInt64?
}
