#if SQLite
import CMarketplaceSQLite
import Foundation
import MarketplaceCore
import MarketplaceTestKit
import Synchronization
import TestSupport
@testable import MarketplaceSQLite

/// The file and its log as a loss of power finds them.
struct PowerLossCopy: Sendable {
    static let pageSize = 4_096
    static let logHeader = 32
    static let frameSize = pageSize + 24

    let file: Data
    /// The file behind a checkpoint in whose middle the power was lost; nil without one.
    let checkpointed: Data?
    let log: Data
    /// How much of the log a checkpoint relies on: it was synced before the checkpoint wrote to the file.
    let syncedLog: Int
    /// How many calls had been answered.
    let answered: Int
}

/// What is lost of a copy.
enum PowerLossDamage: Sendable {
    case nothing
    /// Of a checkpoint some pages and halves of pages reached the disk.
    case halfCheckpoint(seed: UInt64)
    /// The end of the log did not reach the disk, or as zeros, or one byte of it is another.
    case cutLog(Int)
    case zeroedLog(Range<Int>)
    case changedLog(Int)
    /// Beyond what a loss of power does; but SQLite sees it, the ends of long rows apart: here those of the views.
    case cutFile(Int)
    case zeroedFile(Range<Int>)

    /// Any damage of a copy.
    static func any(of copy: PowerLossCopy, _ run: inout PropertyRun) -> PowerLossDamage {
        let half = PowerLossCopy.pageSize / 2
        let page = half * (1 + run.natural(through: copy.file.count / half - 2))
        switch run.natural(through: 7) {
        case 0: return .cutFile(page)
        case 1: return .zeroedFile(page..<min(copy.file.count, page + half * (1 + run.natural(through: 1))))
        default: break
        }
        if copy.checkpointed != nil { return .halfCheckpoint(seed: run.generator.next()) }
        guard copy.log.count > copy.syncedLog else { return .nothing }
        // Frames begin behind the header; each boundary and each middle of a frame, or just any byte.
        let lost = copy.log.count - copy.syncedLog
        let halves = run.natural(through: lost / (PowerLossCopy.frameSize / 2))
        let start =
            run.natural(through: 3) == 0
            ? copy.syncedLog + run.natural(through: lost - 1)
            : min(copy.log.count - 1, copy.syncedLog + halves * (PowerLossCopy.frameSize / 2))
        switch run.natural(through: 3) {
        case 0: return .changedLog(start)
        case 1: return .zeroedLog(start..<min(copy.log.count, start + PowerLossCopy.frameSize))
        case 2: return .zeroedLog(start..<copy.log.count)
        default: return .cutLog(start)
        }
    }

    /// Whether the end of the log is lost, so that what was answered last may be.
    var isOfLog: Bool {
        switch self {
        case .cutLog, .zeroedLog, .changedLog: true
        case .nothing, .halfCheckpoint, .cutFile, .zeroedFile: false
        }
    }

    /// Whether the file itself is damaged, which may be refused.
    var isOfFile: Bool {
        switch self {
        case .cutFile, .zeroedFile: true
        case .nothing, .halfCheckpoint, .cutLog, .zeroedLog, .changedLog: false
        }
    }

    /// Writes the copy, damaged.
    func write(_ copy: PowerLossCopy, to path: String) throws {
        var (file, log) = (copy.file, copy.log)
        switch self {
        case .nothing: break
        case .halfCheckpoint(let seed): file = Self.mixed(file, copy.checkpointed ?? file, seed: seed)
        case .cutLog(let count): log = log.prefix(count)
        case .zeroedLog(let range): log.resetBytes(in: range)
        case .changedLog(let offset): log[offset] ^= 0x40
        case .cutFile(let count): file = file.prefix(count)
        case .zeroedFile(let range): file.resetBytes(in: range)
        }
        try file.write(to: URL(filePath: path))
        if !log.isEmpty { try log.write(to: URL(filePath: path + "-wal")) }
    }

    /// Half a page from before, half a page from after, as it comes.
    private static func mixed(_ before: Data, _ after: Data, seed: UInt64) -> Data {
        var run = PropertyRun(seed: seed)
        var mixed = after
        for start in stride(from: 0, to: after.count, by: PowerLossCopy.pageSize / 2) {
            guard run.natural(through: 1) == 0 else { continue }
            let range = start..<start + PowerLossCopy.pageSize / 2
            if range.upperBound <= before.count {
                mixed.replaceSubrange(range, with: before[range])
            } else {
                mixed.resetBytes(in: range)
            }
        }
        return mixed
    }
}

/// Takes copies between any two statements of the writer, which stands still meanwhile.
final class PowerLossProbe: SQLiteWriterProbe {
    private struct State {
        var run: PropertyRun
        var left: Int
        var copies: [PowerLossCopy] = []
        var isOver = false
    }

    /// The most statements between two copies.
    private static let longestPause = 600

    private let path: String
    private let answered: @Sendable () -> Int
    private let state: Mutex<State>

    init(path: String, seed: UInt64, answered: @escaping @Sendable () -> Int) {
        self.path = path
        self.answered = answered
        state = Mutex(State(run: PropertyRun(seed: seed), left: Self.longestPause))
    }

    /// Ends copying and gives the copies.
    func finish() -> [PowerLossCopy] {
        state.withLock { state in
            state.isOver = true
            return state.copies
        }
    }

    func willBegin() throws(SQLiteFailure) {}
    func didBind(_ statement: SQLiteStatement) throws(SQLiteFailure) {}
    func holdCommit() async {}

    func willRun(_ query: SQLiteQuery) throws(SQLiteFailure) { look() }
    func didCommit() throws(SQLiteFailure) { look() }

    private func look() {
        state.withLock { state in
            state.left -= 1
            guard state.left <= 0, !state.isOver else { return }
            state.left = 1 + state.run.natural(through: Self.longestPause)
            do {
                state.copies.append(try copy(&state.run))
            } catch {
                state.isOver = true
            }
        }
    }

    private func copy(_ run: inout PropertyRun) throws -> PowerLossCopy {
        let answered = answered()
        let file = try Data(contentsOf: URL(filePath: path))
        let log = try Data(contentsOf: URL(filePath: path + "-wal"))
        let syncedLog = try syncedLog()
        var checkpointed: Data?
        if run.natural(through: 2) == 0 {
            // Another process makes a checkpoint: it writes the pages of the log, which stays as it is.
            let handle = try SQLiteHandle(uri: SQLiteLocation.file(path).uri, flags: SQLITE_OPEN_READWRITE)
            try handle.execute("pragma synchronous = off; pragma wal_checkpoint(passive)")
            checkpointed = try Data(contentsOf: URL(filePath: path))
        }
        return PowerLossCopy(file: file, checkpointed: checkpointed, log: log, syncedLog: syncedLog, answered: answered)
    }

    /// What the checkpoints so far have written from the log, as its index in shared memory says.
    private func syncedLog() throws -> Int {
        let index = try Data(contentsOf: URL(filePath: path + "-shm"))
        let frames = index.dropFirst(96).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        return frames == 0 ? 0 : PowerLossCopy.logHeader + frames * PowerLossCopy.frameSize
    }
}
#endif
