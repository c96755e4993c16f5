public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Compares what the marketplace has recorded of payments with what the gateway says.
///
/// Let ``Payments/resolveUnknown(olderThan:)`` run and ``PaymentBook`` catch up before: what is under way shows as
/// missing on one side. The records are read page by page, and compared in memory.
public struct PaymentReconciler: Sendable {
    /// How many movements are read at once.
    public static let pageSize = 1_000

    private let archive: PaymentArchive<PaymentError>
    private let statement: any GatewayStatement

    /// A reconciler over the read model in a store and the gateway's statement.
    public init(in environment: ServiceEnvironment, statement: any GatewayStatement) {
        archive = PaymentArchive(environment)
        self.statement = statement
    }

    /// The report, as of now.
    ///
    /// - Throws: ``PaymentReconcilerError`` when one of the records cannot be read.
    public func report() async throws(PaymentReconcilerError) -> PaymentReconciliation {
        PaymentReconciliation(here: try await here(), there: try await there())
    }

    private func here() async throws(PaymentReconcilerError) -> [PaymentMovement] {
        do throws(PaymentError) {
            var movements: [PaymentMovement] = []
            var query = DocumentQuery.all(of: PaymentKeySpace.movements, limit: Self.pageSize)
            while true {
                let slice = try await archive.documents(matching: query)
                for document in slice.documents {
                    movements.append(try archive.decoded(PaymentMovement.self, from: document.body))
                }
                guard let next = slice.next else { return movements }
                query = query.continued(from: next)
            }
        } catch {
            throw .here(error)
        }
    }

    private func there() async throws(PaymentReconcilerError) -> [PaymentMovement] {
        do throws(PaymentGatewayError) {
            var movements: [PaymentMovement] = []
            var cursor: String?
            repeat {
                let page = try await statement.movements(after: cursor, limit: Self.pageSize)
                movements += page.movements
                cursor = page.next
            } while cursor != nil
            return movements
        } catch {
            throw .there(error)
        }
    }
}
