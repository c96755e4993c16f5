import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Where addresses are kept: each in a document of its own, which can be erased.
enum AddressKeySpace {
    static let books: DocumentCollection = "member-addresses"
    static let orders: DocumentCollection = "order-addresses"
    /// Addresses by the member they are of.
    static let memberIndex = "member"

    static func address(_ id: AddressID) -> DocumentKey { DocumentKey(books, id) }
    static func address(of order: OrderID) -> DocumentKey { DocumentKey(orders, order) }
}

/// An address of a member, as it is stored.
struct AddressDocument: Codable, Sendable, Hashable {
    let member: MemberID
    let address: PostalAddress
    /// Nil where it is not of an address book.
    let label: String?
    let savedAt: Timestamp
}

extension OrderArchive {
    /// The document that writes an address.
    func write(
        _ document: AddressDocument,
        to key: DocumentKey,
        expecting revision: ExpectedRevision = .any
    ) throws(OrdersError) -> DocumentWrite {
        DocumentWrite(
            key,
            body: try encoded(document),
            expecting: revision,
            indexEntries: [
                IndexEntry(
                    AddressKeySpace.memberIndex,
                    .text("\(document.member)"),
                    .time(document.savedAt)
                )
            ]
        )
    }

    /// An address of a member's book; refused when it is somebody else's.
    func address(_ id: AddressID, of member: MemberID) async throws(OrdersError) -> AddressDocument {
        let stored = try await read(AddressKeySpace.address(id), as: AddressDocument.self)
        guard let stored, stored.value.member == member else { throw .unknownAddress(id) }
        return stored.value
    }
}
