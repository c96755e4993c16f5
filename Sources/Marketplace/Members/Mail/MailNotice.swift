public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts

/// Names one notice.
public typealias MailNoticeID = Identifier<MailNotice>

/// A mail that is to be sent to a member, written down in the commit of what it tells of.
///
/// It holds ids and no address: that is looked up when the mail is sent, so that an erased member gets none.
public struct MailNotice: Sendable, Hashable {
    /// Names it, and makes the mail the same one however often it is handed over.
    public let id: MailNoticeID
    /// Whom it goes to.
    public let member: MemberID
    /// Which text it has.
    public let template: MailTemplate
    /// What the text mentions, by name; no personal data.
    public let values: [String: String]

    /// The most values of a notice: more than a text of mail ever mentions.
    public static let maximumValues = 32

    /// A notice of these parts.
    public init(id: MailNoticeID, to member: MemberID, template: MailTemplate, values: [String: String] = [:]) {
        precondition(values.count <= Self.maximumValues, "a notice has at most \(Self.maximumValues) values")
        self.id = id
        self.member = member
        self.template = template
        self.values = values
    }
}
