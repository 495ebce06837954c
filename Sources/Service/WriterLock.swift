import Glibc

/// Holds the right to write to a store; a second holder is refused, in whichever process.
///
/// An advisory lock (flock) on a file beside the store, which stays: the lock is the kernel's and
/// goes with the process, however it ends.
package final class WriterLock: Sendable {
    private let descriptor: Int32

    /// Absent where another holds it, or the file beside the store cannot be made.
    package init?(of store: String) {
        let descriptor = open(store + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
