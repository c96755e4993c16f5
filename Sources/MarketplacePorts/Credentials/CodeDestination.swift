public import MarketplaceDomain

/// Where a code is sent to.
public enum CodeDestination: Sendable, Hashable {
    /// A telephone, by short message.
    case phone(PhoneNumber)
    /// A mailbox.
    case email(EmailAddress)
}
