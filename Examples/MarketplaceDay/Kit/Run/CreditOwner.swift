package import Marketplace

/// Who has store credit, in which currency.
package struct CreditOwner: Sendable, Hashable {
    /// The member.
    package let member: MemberID
    /// The currency.
    package let currency: Currency

    /// An owner of credit in a currency.
    package init(_ member: MemberID, _ currency: Currency) {
        self.member = member
        self.currency = currency
    }

    /// The owner of an amount.
    init(_ member: MemberID, _ amount: Money) {
        self.init(member, amount.currency)
    }
}
