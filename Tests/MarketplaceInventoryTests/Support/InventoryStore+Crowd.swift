import MarketplaceCore
import MarketplaceInventory

extension InventoryStore {
    /// What becomes of so many requests for one mug each, made at once.
    func answers(
        to count: Int,
        from member: @escaping @Sendable (Int) -> MemberKey
    ) async throws -> [InventoryRefusal?] {
        try await withThrowingTaskGroup(of: InventoryRefusal?.self) { group in
            for number in 1...count {
                group.addTask {
                    do throws(InventoryError) {
                        try await askingAgainWhileUnknown { () async throws(InventoryError) in
                            _ = try await reserve(
                                number,
                                [ReservationLine("mug", .one)],
                                member: member(number)
                            )
                        }
                        return nil
                    } catch {
                        guard let refusal = error.refusal else { throw error }
                        return refusal
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
