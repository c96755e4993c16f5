public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// What an exchange comes to.
public struct ExchangeBalance: Sendable, Hashable {
    /// What the order costs that is sent instead.
    public let replacement: Money
    /// What is given back for what is returned; nil before that is fixed.
    public let refunded: Money?
    /// What the buyer pays on balance, below zero what they are given.
    ///
    /// Nil before it is known, or where the two are in different currencies.
    public var difference: Money? {
        guard let refunded else { return nil }
        return try? replacement - refunded
    }
}

extension Returns {
    /// A return, for whoever has standing in it.
    ///
    /// - Throws: ``ReturnsError/unknownReturn(_:)``, ``ReturnsError/forbidden(_:)``.
    public func value(_ id: ReturnID, by actor: CommandActor) async throws(ReturnsError) -> OrderReturn {
        let value = try await archive.value(id)
        try check(.readReturn, actor, owner: value.requested?.buyerID, seller: value.requested?.sellerID)
        return value
    }

    /// A page of the returns of an order, the oldest first, for whoever has standing in it.
    public func returns(
        of order: OrderID,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = Returns.pageLimit
    ) async throws(ReturnsError) -> ReturnSummaries {
        let placed = try await archive.order(order)
        try check(.readReturn, actor, owner: placed.placed?.buyerID, seller: placed.sellerID)
        return try await list(ReturnSummary.orderIndex, .id(order), after: cursor, limit)
    }

    /// A page of the returns that a member asked for, the oldest first, for that member, an operator or the system.
    public func returns(
        of member: MemberID,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = Returns.pageLimit
    ) async throws(ReturnsError) -> ReturnSummaries {
        try check(.readReturn, actor, owner: member)
        return try await list(ReturnSummary.buyerIndex, .id(member), after: cursor, limit)
    }

    /// A page of the returns of what a seller sold, the oldest first, for that seller, an operator or the system.
    public func returns(
        to seller: SellerID,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = Returns.pageLimit
    ) async throws(ReturnsError) -> ReturnSummaries {
        try check(.readReturn, actor, seller: seller)
        return try await list(ReturnSummary.sellerIndex, .id(seller), after: cursor, limit)
    }

    /// What an exchange comes to; nil while the order that is wanted instead is not confirmed, or when it is none.
    public func exchange(_ id: ReturnID, by actor: CommandActor) async throws(ReturnsError) -> ExchangeBalance? {
        let value = try await value(id, by: actor)
        guard let replacement = value.requested?.replacementID else { return nil }
        let order: Order
        do throws(ReturnsError) {
            order = try await archive.order(replacement)
        } catch {
            if case .order(.unknownOrder) = error { return nil }
            throw error
        }
        guard let total = order.total, order.placed?.buyerID == value.requested?.buyerID,
            ![.pending, .failed, .expired, .canceled].contains(order.status)
        else { return nil }
        return ExchangeBalance(replacement: total, refunded: value.refunded)
    }

    func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        owner: MemberID? = nil,
        seller: SellerID? = nil
    ) throws(ReturnsError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: owner, seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }

    private func list(
        _ index: String,
        _ value: IndexValue,
        after cursor: DocumentCursor?,
        _ limit: Int
    ) async throws(ReturnsError) -> ReturnSummaries {
        let query = DocumentQuery.indexed(
            ReturnArchive.summaries,
            by: index,
            prefix: [value],
            limit: min(max(limit, 1), Self.pageLimit)
        )
        let page = try await archive.page(of: cursor.map(query.continued) ?? query, as: ReturnSummary.self)
        return ReturnSummaries(returns: page.values, next: page.next)
    }
}
