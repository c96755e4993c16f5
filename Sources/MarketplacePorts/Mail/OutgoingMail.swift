public import MarketplaceDomain

/// One mail, ready to be put into words and sent.
///
/// It does not show itself in logs.
public struct OutgoingMail: Sendable, Hashable {
    /// Where it goes.
    public let address: EmailAddress
    /// The name of whom it goes to.
    public let name: String
    /// In which language it is written.
    public let language: LanguageTag
    /// Which text it has.
    public let template: MailTemplate
    /// What the text mentions, by name: ids, and the link or code it brings.
    public let values: [String: String]

    /// A mail of these parts.
    public init(
        to address: EmailAddress,
        name: String,
        language: LanguageTag,
        template: MailTemplate,
        values: [String: String]
    ) {
        self.address = address
        self.name = name
        self.language = language
        self.template = template
        self.values = values
    }
}

extension OutgoingMail: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The template: a log shows neither the address nor what the mail brings.
    public var description: String { "mail \(template)" }
    /// The template.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
