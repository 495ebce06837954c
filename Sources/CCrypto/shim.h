// The one-shot digest is all that is needed; EVP keeps the algorithm's name out of the ABI.
#include <openssl/evp.h>
#include <openssl/sha.h>
