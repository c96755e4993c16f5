/// The bounds of sagas.
public enum SagaLimits {
    /// The most steps of a saga: more than a person can follow, and few enough for one journal entry to name them all.
    public static let steps = 256
    /// The most bytes of UTF-8 in the name of a saga or of a step.
    public static let nameLength = 128
    /// The most bytes of UTF-8 that the journal keeps of an error's text.
    public static let reasonLength = 1_024
    /// The most bytes that the journal keeps of an error as the codec writes it; a longer one is kept as text only.
    public static let encodedErrorLength = 4_096

    /// Whether a text can name a saga or a step.
    static func isName(_ text: String) -> Bool {
        (1...nameLength).contains(text.utf8.count) && !text.utf8.contains(0)
    }
}
