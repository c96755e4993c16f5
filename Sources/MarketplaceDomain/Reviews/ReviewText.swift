/// The words of a review: what a person wrote, so it is kept apart from the events, where it can be erased.
public struct ReviewText: Sendable, Hashable, Codable {
    /// The most Unicode scalars of a title: one line.
    public static let maximumTitleLength = 100
    /// The most Unicode scalars of a body: as many as a description of a product has.
    public static let maximumBodyLength = 5_000

    /// The title; empty for none.
    public let title: String
    /// The body.
    public let body: String

    /// Makes a text.
    public init(title: String = "", body: String) {
        self.title = title
        self.body = body
    }

    /// What is wrong with it; nil when nothing is.
    var problem: ReviewRejection? {
        let titleLength = title.unicodeScalars.count
        guard titleLength <= Self.maximumTitleLength else {
            return .titleTooLong(count: titleLength, maximum: Self.maximumTitleLength)
        }
        let length = body.unicodeScalars.count
        guard length <= Self.maximumBodyLength else {
            return .bodyTooLong(count: length, maximum: Self.maximumBodyLength)
        }
        return body.contains { !$0.isWhitespace } ? nil : .blankBody
    }
}
