extension Money {
    /// The shares of this amount in proportion to `weights`, in their order; they add up to it exactly.
    ///
    /// - Parameters:
    ///   - weights: What each is to get, relative to the others; none below zero. A weight of zero gets nothing.
    ///   - remainder: How shares are rounded, and who gets what is left over.
    /// - Returns: One share for each weight.
    /// - Throws: ``MoneyError/allocation(_:)`` when there are no weights, one is negative, or all are zero and the
    ///   amount is not.
    /// - Complexity: That of ``Allocation/shares(of:by:remainder:)``.
    public func allocated(
        by weights: [Int64],
        remainder: RemainderPlacement = .largest
    ) throws(MoneyError) -> [Money] {
        do throws(AllocationError) {
            let shares = try Allocation.shares(of: minorUnits, by: weights, remainder: remainder)
            return shares.map { Money(minorUnits: $0, currency) }
        } catch {
            throw .allocation(error)
        }
    }

    /// The shares of this amount in so many parts that differ by one minor unit at most, the larger ones first.
    ///
    /// - Throws: ``MoneyError/allocation(_:)`` when the number is not 1...``Allocation/maximumParts``.
    public func allocated(into parts: Int) throws(MoneyError) -> [Money] {
        do throws(AllocationError) {
            let shares = try Allocation.shares(of: minorUnits, parts: parts)
            return shares.map { Money(minorUnits: $0, currency) }
        } catch {
            throw .allocation(error)
        }
    }
}
