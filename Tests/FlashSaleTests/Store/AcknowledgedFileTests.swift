import ExampleSupport
import FlashSaleKit
import Foundation
import Marketplace
import Testing

struct AcknowledgedFileTests {
    @Test func whatASaleAcknowledgesIsReadByTheNextProcess() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "acknowledged-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "lines").path
        let lines: Set<AcknowledgedFile.Line>
        do {
            let file = try AcknowledgedFile(path)
            var plan = SalePlan.troubled(seed: 4, buyers: 40, stock: 30, skus: 2)
            (plan.opensAfter, plan.abandonedHold) = (.milliseconds(20), .milliseconds(20))
            let sale = try await Sale(plan, acknowledged: file)
            let run = try await SaleRun(sale, try await sale.run(), acknowledged: file)
            #expect(try run.broken == [])
            lines = file.lines
            #expect(lines.count { if case .bought = $0 { true } else { false } } == run.history.soldCount)
            #expect(file.earlier.isEmpty)
            #expect(file.fault == nil)
        }
        // A line that was cut by a kill, and one that nobody of us has written.
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("seen\tit\nbought\t0189".utf8))
        try handle.close()
        #expect(try AcknowledgedFile(path).earlier == lines)
    }
}
