#ifndef CMARKETPLACELIBPQ_SHIM_H
#define CMARKETPLACELIBPQ_SHIM_H

// Debian keeps the header in a folder of its own, Homebrew does not.
#if defined(__has_include) && __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#elif !defined(__has_include) || __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#error "libpq-fe.h was not found: install libpq-dev (Debian, Ubuntu: apt-get install libpq-dev) or libpq (Homebrew: brew install libpq), or build without the trait LibPQ"
#endif

#endif
