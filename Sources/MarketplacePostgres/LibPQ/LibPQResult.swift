#if LibPQ
import CMarketplaceLibPQ

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the server said to one statement.
///
/// Safe to use because the pointer is the object's own, and because everything that is read is copied out of it.
@safe
final class LibPQResult {
    private let pointer: OpaquePointer

    /// Takes a result over; nil where there is none.
    init?(_ pointer: OpaquePointer?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQclear(pointer)
    }

    /// What kind of result it is.
    var status: ExecStatusType { unsafe PQresultStatus(pointer) }

    /// Whether a transaction was rolled back.
    var isOfRollback: Bool {
        guard let tag = unsafe PQcmdStatus(pointer) else { return false }
        return unsafe strcmp(tag, "ROLLBACK") == 0
    }

    /// The rows.
    var rows: PostgresRows {
        let columns = unsafe PQnfields(pointer)
        var rows = PostgresRows(columnCount: Int(columns))
        for row in 0..<(unsafe PQntuples(pointer)) {
            for column in 0..<columns {
                guard unsafe PQgetisnull(pointer, row, column) == 0,
                    let address = unsafe PQgetvalue(pointer, row, column)
                else {
                    rows.appendNull()
                    continue
                }
                // So many bytes are there until the result is cleared, and they are copied now.
                let count = Int(unsafe PQgetlength(pointer, row, column))
                let cell = unsafe UnsafeRawBufferPointer(start: address, count: count)
                unsafe rows.append(cell)
            }
        }
        return rows
    }

    /// The failure it tells of: the server's SQLSTATE, or a lost connection where the server did not speak.
    ///
    /// The detail, which may hold personal data of the row it is about, is left out.
    var failure: PostgresFailure {
        guard let state = unsafe PQresultErrorField(pointer, LibPQResultField.sqlState) else {
            return PostgresFailure(.connectionLost, unsafe LibPQHandle.text(PQresultErrorMessage(pointer)))
        }
        let message = unsafe LibPQHandle.text(PQresultErrorField(pointer, LibPQResultField.primaryMessage))
        return PostgresFailure(PostgresFailure.Code(unsafe String(cString: state)), message)
    }
}

/// The fields of an error (`PG_DIAG_…`, characters in C).
private enum LibPQResultField {
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let primaryMessage = Int32(UInt8(ascii: "M"))
}
#endif
