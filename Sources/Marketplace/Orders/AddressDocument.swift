import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Where addresses are kept: each in a document of its own, which can be erased.
enum AddressKeySpace {
    static let books: DocumentCollection = "member-addresses"
    static let orders: DocumentCollection = "order-addresses"
    /// One document for each member who has added addresses, written whenever one is added.
    static let covers: DocumentCollection = "member-address-books"
    /// Addresses by the member they are of.
    static let memberIndex = "member"

    static func address(_ id: AddressID) -> DocumentKey { DocumentKey(books, id) }
    static func cover(of member: MemberID) -> DocumentKey { DocumentKey(covers, member) }
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

/// What is written whenever an address is added to a book, so that those who add at once meet.
struct AddressBookCover: Codable, Sendable, Hashable {
    let member: MemberID
}

extension OrderArchive {
    /// The document that is written whenever an address is added.
    func write(_ cover: AddressBookCover, expecting revision: DocumentRevision?) throws(OrdersError) -> DocumentWrite {
        DocumentWrite(
            AddressKeySpace.cover(of: cover.member),
            body: try encoded(cover),
            expecting: revision.map { .exactly($0) } ?? .absent,
            indexEntries: []
        )
    }

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
