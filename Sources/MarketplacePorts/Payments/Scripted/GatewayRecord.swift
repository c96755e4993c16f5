/// Where a ``ScriptedPaymentGateway`` keeps what it has decided, append only.
///
/// It is the gateway's own memory, apart from the marketplace's: a run is reconciled against it. Both requirements
/// are called inside the gateway's critical section, so they must not call back into it.
public protocol GatewayRecord: Sendable {
    /// Appends an entry. When it throws, the gateway has done nothing.
    func append(_ entry: GatewayRecordEntry) throws(GatewayRecordError)

    /// All entries, in the order in which they were appended.
    func entries() throws(GatewayRecordError) -> [GatewayRecordEntry]
}
