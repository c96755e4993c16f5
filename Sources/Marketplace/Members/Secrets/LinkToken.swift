import MarketplaceCore
import MarketplaceDomain

/// What the link in a mail carries: for whom it was sent, and a secret of 128 bits.
///
/// It does not show itself in logs.
public struct LinkToken: Sendable, Hashable {
    /// The bits of the secret, in words of 64: as many as a random UUID has, and more.
    static let secretWords = 2

    /// The text: the member's id, a dot, and the secret.
    public let text: String

    /// The token of that text, as it came with a request.
    public init(_ text: String) {
        self.text = text
    }

    init(member: MemberID, secret: String) {
        text = "\(member).\(secret)"
    }

    /// The member and the secret; nil when the text has another form.
    var parts: (member: MemberID, secret: String)? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let member = MemberID(String(parts[0])) else { return nil }
        return (member, String(parts[1]))
    }
}

extension LinkToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
