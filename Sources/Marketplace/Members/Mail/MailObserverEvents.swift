public import MarketplaceCore
public import MarketplacePorts

/// A mail was handed over.
public struct MailSent: ObserverEvent {
    /// Which text it has.
    public let template: MailTemplate
    /// How often it was tried.
    public let attempts: Int

    /// The stable name of the event.
    public static let name = "mail.sent"

    /// The template as a label, the attempts as a field.
    public var attributes: [ObserverAttribute] {
        [.label("template", template.text), .field("attempts", .integer(Int64(attempts)))]
    }
}

/// A mail was not handed over, or may not have been.
public struct MailFailed: ObserverEvent {
    /// Which text it has.
    public let template: MailTemplate
    /// Why.
    public let error: MailError
    /// Whether it was given up.
    public let isGivenUp: Bool

    /// The stable name of the event.
    public static let name = "mail.failed"

    /// The template and what happens next as labels, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [
            .label("template", template.text), .label("next", isGivenUp ? "end" : "retry"),
            .field("reason", .text("\(error)")),
        ]
    }
}

/// A round of a mail desk failed.
public struct MailRoundFailed: ObserverEvent {
    /// Why.
    public let error: MembersError

    /// The stable name of the event.
    public static let name = "mail.round.failed"

    /// Whether another round follows as a label, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [.label("next", error.isRetriable ? "retry" : "end"), .field("reason", .text("\(error)"))]
    }
}
