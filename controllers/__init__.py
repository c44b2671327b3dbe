from . import receivable_aging
