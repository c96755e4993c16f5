package import ExampleSupport
package import Marketplace
import Synchronization

/// A file with a line for each purchase and each hold that was acknowledged: what no kill may undo.
///
/// A line is written after its buyer was told, and is there when the process is killed afterwards.
package final class AcknowledgedFile: Sendable {
    /// What was acknowledged.
    package enum Line: Sendable, Hashable {
        /// An order was confirmed.
        case bought(OrderID)
        /// A unit was held for somebody who then walked away.
        case held(ReservationID)

        fileprivate var fields: [String] {
            switch self {
            case .bought(let order): ["bought", order.description]
            case .held(let reservation): ["held", reservation.description]
            }
        }

        fileprivate init?(_ fields: [String]) {
            guard fields.count == 2 else { return nil }
            switch fields[0] {
            case "bought":
                guard let order = OrderID(fields[1]) else { return nil }
                self = .bought(order)
            case "held":
                guard let reservation = ReservationID(fields[1]) else { return nil }
                self = .held(reservation)
            default: return nil
            }
        }
    }

    private struct State {
        var known: Set<Line>
        var fault: FileError?
    }

    private let file: AppendOnlyRecordFile
    private let state: Mutex<State>
    /// What earlier processes had acknowledged.
    package let earlier: Set<Line>

    /// Opens the file at `path`, or creates an empty one.
    package init(_ path: String) throws(FileError) {
        file = try AppendOnlyRecordFile(path)
        var lines: Set<Line> = []
        for line in try file.contents().lines {
            // Whoever has written something else there has no say in what was acknowledged.
            if let fields = TabSeparated.fields(of: line), let line = Line(fields) { lines.insert(line) }
        }
        earlier = lines
        state = Mutex(State(known: lines))
    }

    /// Everything that was acknowledged.
    package var lines: Set<Line> { state.withLock(\.known) }

    /// Why a line could not be written, if one could not.
    package var fault: FileError? { state.withLock(\.fault) }

    /// Writes that something was acknowledged, once.
    func note(_ line: Line) {
        state.withLock { state in
            guard state.known.insert(line).inserted else { return }
            do throws(FileError) {
                try file.append(fields: line.fields)
            } catch {
                state.fault = state.fault ?? error
            }
        }
    }
}
