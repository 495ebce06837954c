import CCurl
import Glibc

/// Wakes a thread that waits on its descriptor.
struct Bell: ~Copyable, Sendable {
    /// Readable while the bell rings.
    let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { fatalError("no descriptor for eventfd: \(errno)") }
    }

    deinit { close(descriptor) }

    borrowing func ring() {
        eventfd_write(descriptor, 1)
    }

    borrowing func silence() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }
}
