public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// The addresses that members have things sent to.
///
/// Personal data: each address is a document of its own, and so is the copy that an order keeps of it; both are erased
/// by ``erase(_:by:)``. No event carries any of it.
public struct AddressBook: Sendable {
    /// The most addresses of one member: more than anybody chooses from.
    public static let maximumAddresses = 50
    /// The most documents that one commit of an erasure deletes.
    static let erasureBatch = 500

    /// One address of a book.
    public struct Entry: Sendable, Hashable {
        /// Names it.
        public let id: AddressID
        /// What the member calls it, such as "home".
        public let label: String?
        /// The address.
        public let address: PostalAddress
    }

    private let archive: OrderArchive
    private let environment: ServiceEnvironment

    /// The address books of an environment.
    public init(in environment: ServiceEnvironment) {
        archive = OrderArchive(environment)
        self.environment = environment
    }

    /// Saves an address, in place of what had its id.
    ///
    /// Orders that were placed keep the address as it was then.
    ///
    /// - Throws: ``OrdersError/badAddress(_:)``, ``OrdersError/tooManyAddresses(maximum:)``,
    ///   ``OrdersError/unknownAddress(_:)`` when the id is of somebody else's address.
    public func save(
        _ address: PostalAddress,
        as id: AddressID,
        of member: MemberID,
        label: String? = nil,
        by actor: CommandActor
    ) async throws(OrdersError) {
        try check(.editAddresses, actor, member)
        if let problem = address.problem() { throw .badAddress(problem) }
        if let label, label.utf8.count > PostalAddress.maximumTextBytes {
            throw .badAddress(.text(byteCount: label.utf8.count, maximum: PostalAddress.maximumTextBytes))
        }
        let key = AddressKeySpace.address(id)
        try await archive.attempting { () async throws(OrdersError) -> Void? in
            let cover = try await archive.read(AddressKeySpace.cover(of: member), as: AddressBookCover.self)
            let stored = try await archive.read(key, as: AddressDocument.self)
            if let stored, stored.value.member != member { throw .unknownAddress(id) }
            let document = AddressDocument(member: member, address: address, label: label, savedAt: environment.now)
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            if stored == nil {
                guard try await addresses(of: member).count < Self.maximumAddresses else {
                    throw .tooManyAddresses(maximum: Self.maximumAddresses)
                }
                // Two who add at once have counted the same: the second counts anew.
                transaction.write(try archive.write(AddressBookCover(member: member), expecting: cover?.revision))
            }
            let revision = stored.map { ExpectedRevision.exactly($0.revision) } ?? .absent
            transaction.write(try archive.write(document, to: key, expecting: revision))
            if case .done = try await archive.commit(transaction) { return () }
            return nil
        }
    }

    /// The addresses of a member, in the order in which they were saved.
    public func addresses(of member: MemberID, by actor: CommandActor) async throws(OrdersError) -> [Entry] {
        try check(.readAddresses, actor, member)
        return try await addresses(of: member)
    }

    /// Takes an address out of the book.
    public func remove(_ id: AddressID, of member: MemberID, by actor: CommandActor) async throws(OrdersError) {
        try check(.editAddresses, actor, member)
        do throws(OrdersError) {
            _ = try await archive.address(id, of: member)
        } catch {
            // Removed before.
            if case .unknownAddress = error { return }
            throw error
        }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.delete(AddressKeySpace.address(id))
        _ = try await archive.commit(transaction)
    }

    /// Erases all addresses of a member, those that orders keep among them, and says how many documents that were.
    @discardableResult
    public func erase(_ member: MemberID, by actor: CommandActor) async throws(OrdersError) -> Int {
        try check(.editAddresses, actor, member)
        var count = 0
        var cover = Transaction(id: environment.identifiers.next(), time: environment.now)
        cover.delete(AddressKeySpace.cover(of: member))
        _ = try await archive.commit(cover)
        for collection in [AddressKeySpace.books, AddressKeySpace.orders] {
            while true {
                let page = try await page(of: member, in: collection, limit: Self.erasureBatch)
                guard !page.isEmpty else { break }
                var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
                for document in page { transaction.delete(document.key) }
                if case .done = try await archive.commit(transaction) { count += page.count }
            }
        }
        return count
    }

    private func addresses(of member: MemberID) async throws(OrdersError) -> [Entry] {
        var entries: [Entry] = []
        for document in try await page(of: member, in: AddressKeySpace.books, limit: Self.maximumAddresses) {
            let stored = try archive.decoded(AddressDocument.self, from: document.body)
            guard let id = AddressID(document.key.id.text) else { continue }
            entries.append(Entry(id: id, label: stored.label, address: stored.address))
        }
        return entries
    }

    private func page(
        of member: MemberID,
        in collection: DocumentCollection,
        limit: Int
    ) async throws(OrdersError) -> [StoredDocument] {
        let query = DocumentQuery.indexed(
            collection,
            by: AddressKeySpace.memberIndex,
            prefix: [.text("\(member)")],
            limit: limit
        )
        return try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(matching: query)
        }.documents
    }

    private func check(_ rule: CommandRule, _ actor: CommandActor, _ member: MemberID) throws(OrdersError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: member)
        } catch {
            throw .forbidden(error)
        }
    }
}
