public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Compares what the marketplace has recorded of payments with what the gateway says.
///
/// Let ``Payments/resolveUnknown(olderThan:)`` run and ``PaymentBook`` catch up before: what is under way shows as
/// missing on one side.
///
/// Both records are read page by page, and no more than about ``movementLimit`` movements are held at once: where there
/// are more, both are read again for one part of the payments after the other, so that n movements take about
/// 2 + 4n / limit readings of both. What is recorded between two readings may show as missing on one side, as what is
/// under way does.
public struct PaymentReconciler: Sendable {
    /// How many movements are read at once.
    public static let pageSize = 1_000
    /// How many movements of both sides are held at once unless told otherwise: about 20 megabytes.
    public static let defaultMovementLimit = 100_000

    /// About how many movements of both sides are held at once.
    public let movementLimit: Int
    private let archive: PaymentArchive<PaymentError>
    private let statement: any GatewayStatement

    /// A reconciler over the read model in a store and the gateway's statement.
    ///
    /// - Parameters:
    ///   - environment: Where the read model is.
    ///   - statement: What the gateway says.
    ///   - movementLimit: About how many movements of both sides are held at once, 1 or more.
    public init(
        in environment: ServiceEnvironment,
        statement: any GatewayStatement,
        movementLimit: Int = PaymentReconciler.defaultMovementLimit
    ) {
        precondition(movementLimit > 0, "some movements have to be held")
        archive = PaymentArchive(environment)
        self.statement = statement
        self.movementLimit = movementLimit
    }

    /// The report, as of now.
    ///
    /// - Throws: ``PaymentReconcilerError`` when one of the records cannot be read.
    public func report() async throws(PaymentReconcilerError) -> PaymentReconciliation {
        let whole = try await read(part: 0, of: 1)
        if let whole = whole.reconciliation { return whole }
        // Twice as many parts as would do if all were as large.
        let partCount = 1 + 2 * whole.count / movementLimit
        var parts: [PaymentReconciliation] = []
        for part in 0..<partCount {
            parts.append(try await read(part: part, of: partCount, isBounded: false).compared)
        }
        return PaymentReconciliation(merging: parts)
    }

    /// What one reading has kept.
    private struct Reading {
        let limit: Int
        let isBounded: Bool
        var here: [PaymentMovement] = []
        var there: [PaymentMovement] = []
        var count = 0

        var compared: PaymentReconciliation { PaymentReconciliation(here: here, there: there) }
        /// The whole; nil when it did not fit.
        var reconciliation: PaymentReconciliation? { count <= limit ? compared : nil }

        mutating func keep(
            _ movements: some Sequence<PaymentMovement>,
            in side: WritableKeyPath<Reading, [PaymentMovement]>
        ) {
            for movement in movements {
                count += 1
                if isBounded, count > limit { (here, there) = ([], []) } else { self[keyPath: side].append(movement) }
            }
        }
    }

    /// Reads both records, and keeps one part of the payments.
    private func read(
        part: Int,
        of count: Int,
        isBounded: Bool = true
    ) async throws(PaymentReconcilerError) -> Reading {
        var reading = Reading(limit: movementLimit, isBounded: isBounded)
        do throws(PaymentError) {
            var query = DocumentQuery.all(of: PaymentKeySpace.movements, limit: Self.pageSize)
            while true {
                let slice = try await archive.documents(matching: query)
                var movements: [PaymentMovement] = []
                for document in slice.documents {
                    movements.append(try archive.decoded(PaymentMovement.self, from: document.body))
                }
                reading.keep(movements.lazy.filter { $0.part(of: count) == part }, in: \.here)
                guard let next = slice.next else { break }
                query = query.continued(from: next)
            }
        } catch {
            throw .here(error)
        }
        do throws(PaymentGatewayError) {
            var cursor: String?
            repeat {
                let page = try await statement.movements(after: cursor, limit: Self.pageSize)
                reading.keep(page.movements.lazy.filter { $0.part(of: count) == part }, in: \.there)
                cursor = page.next
            } while cursor != nil
        } catch {
            throw .there(error)
        }
        return reading
    }
}

extension PaymentMovement {
    /// Which of so many parts of all payments it belongs to: all movements of a payment to the same.
    fileprivate func part(of count: Int) -> Int {
        Int(payment.bits % UInt128(count))
    }
}
