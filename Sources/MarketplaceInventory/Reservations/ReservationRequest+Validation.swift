import MarketplaceCore

extension ReservationRequest {
    /// Checks what no state of any inventory would accept.
    @inline(__always)
    func validate() throws(InventoryError) {
        guard lines.endIndex > 0 else { throw .refused(.emptyRequest) }
        guard lines.endIndex <= InventoryLimits.linesPerReservation else {
            throw .refused(.tooManyLines(lines.endIndex, maximum: InventoryLimits.linesPerReservation))
        }
        guard deadline > time else { throw .refused(.deadlinePassed(deadline: deadline, time: time)) }
        try InventoryLimits.validate(member: member)
        for line in lines { try InventoryLimits.validate(line.point) }
    }
}

extension InventoryLimits {
    @inline(__always)
    static func validate(_ sku: SKU) throws(InventoryError) {
        try validate(byteCount: sku.text.utf8.count, maximum: skuBytes)
    }

    @inline(__always)
    static func validate(_ point: StockPoint) throws(InventoryError) {
        try validate(point.sku)
        try validate(byteCount: point.location.text.utf8.count, maximum: locationBytes)
    }

    @inline(__always)
    static func validate(member: MemberKey) throws(InventoryError) {
        try validate(byteCount: member.text.utf8.count, maximum: memberBytes)
    }

    /// The limit of a page, brought into its range.
    static func clamped(limit: Int) -> Int { min(max(limit, 1), pageSize) }

    @inline(__always)
    private static func validate(byteCount: Int, maximum: Int) throws(InventoryError) {
        guard byteCount <= maximum else { throw .refused(.keyTooLong(byteCount: byteCount, maximum: maximum)) }
    }
}
